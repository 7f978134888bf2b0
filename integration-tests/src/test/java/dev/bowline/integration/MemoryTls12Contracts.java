package dev.bowline.integration;

import dev.bowline.testkit.contract.AttemptContract;
import dev.bowline.testkit.contract.CallbackThreadContract;
import dev.bowline.testkit.contract.ClientContract;
import dev.bowline.testkit.contract.ClientEndContract;
import dev.bowline.testkit.contract.ClosingContract;
import dev.bowline.testkit.contract.CountedFramingContract;
import dev.bowline.testkit.contract.DeliveryContract;
import dev.bowline.testkit.contract.DrainContract;
import dev.bowline.testkit.contract.EndContract;
import dev.bowline.testkit.contract.FramingContract;
import dev.bowline.testkit.contract.FramingCostContract;
import dev.bowline.testkit.contract.LessonsOf2008Contract;
import dev.bowline.testkit.contract.LifeContract;
import dev.bowline.testkit.contract.LineConnectionContract;
import dev.bowline.testkit.contract.LoggingContract;
import dev.bowline.testkit.contract.LossReasonContract;
import dev.bowline.testkit.contract.ModeContract;
import dev.bowline.testkit.contract.QueueContract;
import dev.bowline.testkit.contract.RaceContract;
import dev.bowline.testkit.contract.ReadingContract;
import dev.bowline.testkit.contract.ReconnectContract;
import dev.bowline.testkit.contract.RequestContract;
import dev.bowline.testkit.contract.SerialContract;
import dev.bowline.testkit.contract.SharedTransportContract;
import dev.bowline.testkit.contract.TimeoutContract;
import dev.bowline.testkit.contract.WritabilityContract;
import dev.bowline.testkit.contract.WritingContract;
import dev.bowline.testkit.contract.subject.ContractSubject;
import dev.bowline.testkit.contract.subject.InMemory;
import dev.bowline.testkit.contract.subject.OverTls;
import dev.bowline.testkit.contract.subject.TransportUnderTest;

/** The transport in memory over TLS 1.2 against every contract of connections. */
interface OnMemoryTls12 extends ContractSubject {
    @Override
    default TransportUnderTest subject() {
        return new OverTls(new InMemory(), "TLSv1.2");
    }
}

class MemoryTls12LifeContractIT extends LifeContract implements OnMemoryTls12 {}

class MemoryTls12AttemptContractIT extends AttemptContract implements OnMemoryTls12 {}

class MemoryTls12EndContractIT extends EndContract implements OnMemoryTls12 {}

class MemoryTls12SerialContractIT extends SerialContract implements OnMemoryTls12 {}

class MemoryTls12RequestContractIT extends RequestContract implements OnMemoryTls12 {}

class MemoryTls12LineConnectionContractIT extends LineConnectionContract implements OnMemoryTls12 {}

class MemoryTls12LossReasonContractIT extends LossReasonContract implements OnMemoryTls12 {}

class MemoryTls12LoggingContractIT extends LoggingContract implements OnMemoryTls12 {}

class MemoryTls12WritingContractIT extends WritingContract implements OnMemoryTls12 {}

class MemoryTls12ClosingContractIT extends ClosingContract implements OnMemoryTls12 {}

class MemoryTls12ReadingContractIT extends ReadingContract implements OnMemoryTls12 {}

class MemoryTls12FramingContractIT extends FramingContract implements OnMemoryTls12 {}

class MemoryTls12FramingCostContractIT extends FramingCostContract implements OnMemoryTls12 {}

class MemoryTls12CountedFramingContractIT extends CountedFramingContract implements OnMemoryTls12 {}

class MemoryTls12ModeContractIT extends ModeContract implements OnMemoryTls12 {}

class MemoryTls12QueueContractIT extends QueueContract implements OnMemoryTls12 {}

class MemoryTls12CallbackThreadContractIT extends CallbackThreadContract implements OnMemoryTls12 {}

class MemoryTls12ClientContractIT extends ClientContract implements OnMemoryTls12 {}

class MemoryTls12ClientEndContractIT extends ClientEndContract implements OnMemoryTls12 {}

class MemoryTls12DrainContractIT extends DrainContract implements OnMemoryTls12 {}

class MemoryTls12ReconnectContractIT extends ReconnectContract implements OnMemoryTls12 {}

class MemoryTls12DeliveryContractIT extends DeliveryContract implements OnMemoryTls12 {}

class MemoryTls12LessonsOf2008ContractIT extends LessonsOf2008Contract implements OnMemoryTls12 {}

class MemoryTls12SharedTransportContractIT extends SharedTransportContract implements OnMemoryTls12 {}

class MemoryTls12RaceContractIT extends RaceContract implements OnMemoryTls12 {}

class MemoryTls12WritabilityContractIT extends WritabilityContract implements OnMemoryTls12 {}

class MemoryTls12TimeoutContractIT extends TimeoutContract implements OnMemoryTls12 {}
