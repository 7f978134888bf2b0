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
import dev.bowline.testkit.contract.subject.OverTls;
import dev.bowline.testkit.contract.subject.TransportUnderTest;

/** The Netty transport over TLS 1.3 against every contract of connections. */
interface OnNettyTls extends ContractSubject {
    @Override
    default TransportUnderTest subject() {
        return new OverTls(new SocketTransport("netty"), "TLSv1.3");
    }
}

class NettyTlsLifeContractIT extends LifeContract implements OnNettyTls {}

class NettyTlsAttemptContractIT extends AttemptContract implements OnNettyTls {}

class NettyTlsEndContractIT extends EndContract implements OnNettyTls {}

class NettyTlsSerialContractIT extends SerialContract implements OnNettyTls {}

class NettyTlsRequestContractIT extends RequestContract implements OnNettyTls {}

class NettyTlsLineConnectionContractIT extends LineConnectionContract implements OnNettyTls {}

class NettyTlsLossReasonContractIT extends LossReasonContract implements OnNettyTls {}

class NettyTlsLoggingContractIT extends LoggingContract implements OnNettyTls {}

class NettyTlsWritingContractIT extends WritingContract implements OnNettyTls {}

class NettyTlsClosingContractIT extends ClosingContract implements OnNettyTls {}

class NettyTlsReadingContractIT extends ReadingContract implements OnNettyTls {}

class NettyTlsFramingContractIT extends FramingContract implements OnNettyTls {}

class NettyTlsFramingVectorsContractIT extends FramingVectorsContract implements OnNettyTls {
    /** Each begins with a handshake. */
    @Override
    protected int randomCuts() {
        return 2;
    }
}

class NettyTlsFramingCostContractIT extends FramingCostContract implements OnNettyTls {}

class NettyTlsCountedFramingContractIT extends CountedFramingContract implements OnNettyTls {}

class NettyTlsModeContractIT extends ModeContract implements OnNettyTls {}

class NettyTlsQueueContractIT extends QueueContract implements OnNettyTls {}

class NettyTlsCallbackThreadContractIT extends CallbackThreadContract implements OnNettyTls {}

class NettyTlsClientContractIT extends ClientContract implements OnNettyTls {}

class NettyTlsClientEndContractIT extends ClientEndContract implements OnNettyTls {}

class NettyTlsDrainContractIT extends DrainContract implements OnNettyTls {}

class NettyTlsReconnectContractIT extends ReconnectContract implements OnNettyTls {}

class NettyTlsDeliveryContractIT extends DeliveryContract implements OnNettyTls {}

class NettyTlsLessonsOf2008ContractIT extends LessonsOf2008Contract implements OnNettyTls {}

class NettyTlsSharedTransportContractIT extends SharedTransportContract implements OnNettyTls {}

class NettyTlsRaceContractIT extends RaceContract implements OnNettyTls {}

class NettyTlsWritabilityContractIT extends WritabilityContract implements OnNettyTls {}

class NettyTlsTimeoutContractIT extends TimeoutContract implements OnNettyTls {}
