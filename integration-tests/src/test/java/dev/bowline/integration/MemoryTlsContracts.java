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
import dev.bowline.testkit.contract.FramingVectorsContract;
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

/** The transport in memory over TLS 1.3 against every contract of connections. */
interface OnMemoryTls extends ContractSubject {
    @Override
    default TransportUnderTest subject() {
        return new OverTls(new InMemory(), "TLSv1.3");
    }
}

class MemoryTlsLifeContractIT extends LifeContract implements OnMemoryTls {}

class MemoryTlsAttemptContractIT extends AttemptContract implements OnMemoryTls {}

class MemoryTlsEndContractIT extends EndContract implements OnMemoryTls {}

class MemoryTlsSerialContractIT extends SerialContract implements OnMemoryTls {}

class MemoryTlsRequestContractIT extends RequestContract implements OnMemoryTls {}

class MemoryTlsLineConnectionContractIT extends LineConnectionContract implements OnMemoryTls {}

class MemoryTlsLossReasonContractIT extends LossReasonContract implements OnMemoryTls {}

class MemoryTlsLoggingContractIT extends LoggingContract implements OnMemoryTls {}

class MemoryTlsWritingContractIT extends WritingContract implements OnMemoryTls {}

class MemoryTlsClosingContractIT extends ClosingContract implements OnMemoryTls {}

class MemoryTlsReadingContractIT extends ReadingContract implements OnMemoryTls {}

class MemoryTlsFramingContractIT extends FramingContract implements OnMemoryTls {}

class MemoryTlsFramingVectorsContractIT extends FramingVectorsContract implements OnMemoryTls {
    /** Each begins with a handshake. */
    @Override
    protected int randomCuts() {
        return 2;
    }
}

class MemoryTlsFramingCostContractIT extends FramingCostContract implements OnMemoryTls {}

class MemoryTlsCountedFramingContractIT extends CountedFramingContract implements OnMemoryTls {}

class MemoryTlsModeContractIT extends ModeContract implements OnMemoryTls {}

class MemoryTlsQueueContractIT extends QueueContract implements OnMemoryTls {}

class MemoryTlsCallbackThreadContractIT extends CallbackThreadContract implements OnMemoryTls {}

class MemoryTlsClientContractIT extends ClientContract implements OnMemoryTls {}

class MemoryTlsClientEndContractIT extends ClientEndContract implements OnMemoryTls {}

class MemoryTlsDrainContractIT extends DrainContract implements OnMemoryTls {}

class MemoryTlsReconnectContractIT extends ReconnectContract implements OnMemoryTls {}

class MemoryTlsDeliveryContractIT extends DeliveryContract implements OnMemoryTls {}

class MemoryTlsLessonsOf2008ContractIT extends LessonsOf2008Contract implements OnMemoryTls {}

class MemoryTlsSharedTransportContractIT extends SharedTransportContract implements OnMemoryTls {}

class MemoryTlsRaceContractIT extends RaceContract implements OnMemoryTls {}

class MemoryTlsWritabilityContractIT extends WritabilityContract implements OnMemoryTls {}

class MemoryTlsTimeoutContractIT extends TimeoutContract implements OnMemoryTls {}
