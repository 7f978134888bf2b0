package dev.bowline.integration;

import dev.bowline.integration.storm.LostServerContract;
import dev.bowline.integration.storm.StormContract;
import dev.bowline.integration.tls.ForeignTlsContract;
import dev.bowline.integration.tls.ReferenceServerTlsContract;
import dev.bowline.integration.tls.TlsRefusalContract;
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
import dev.bowline.testkit.contract.StartTlsContract;
import dev.bowline.testkit.contract.TimeoutContract;
import dev.bowline.testkit.contract.TlsContract;
import dev.bowline.testkit.contract.UnixContract;
import dev.bowline.testkit.contract.WritabilityContract;
import dev.bowline.testkit.contract.WritingContract;
import dev.bowline.testkit.contract.engine.EngineContract;
import dev.bowline.testkit.contract.subject.Capability;
import dev.bowline.testkit.contract.subject.ContractSubject;
import dev.bowline.testkit.contract.subject.TransportUnderTest;
import java.util.EnumSet;

/** The Netty transport against every contract. */
interface OnNetty extends ContractSubject {
    /** Netty's NIO channel for Unix sockets closes both ways at the peer's end, whatever its options say. */
    @Override
    default TransportUnderTest subject() {
        return new SocketTransport("netty", 1, EnumSet.of(Capability.UNIX_HALF_CLOSE));
    }
}

class NettyLifeContractIT extends LifeContract implements OnNetty {}

class NettyAttemptContractIT extends AttemptContract implements OnNetty {}

class NettyEndContractIT extends EndContract implements OnNetty {}

class NettySerialContractIT extends SerialContract implements OnNetty {}

class NettyRequestContractIT extends RequestContract implements OnNetty {}

class NettyLineConnectionContractIT extends LineConnectionContract implements OnNetty {}

class NettyLossReasonContractIT extends LossReasonContract implements OnNetty {}

class NettyLoggingContractIT extends LoggingContract implements OnNetty {}

class NettyWritingContractIT extends WritingContract implements OnNetty {}

class NettyClosingContractIT extends ClosingContract implements OnNetty {}

class NettyReadingContractIT extends ReadingContract implements OnNetty {}

class NettyFramingContractIT extends FramingContract implements OnNetty {}

class NettyFramingVectorsContractIT extends FramingVectorsContract implements OnNetty {}

class NettyFramingCostContractIT extends FramingCostContract implements OnNetty {}

class NettyCountedFramingContractIT extends CountedFramingContract implements OnNetty {}

class NettyModeContractIT extends ModeContract implements OnNetty {}

class NettyQueueContractIT extends QueueContract implements OnNetty {}

class NettyCallbackThreadContractIT extends CallbackThreadContract implements OnNetty {}

class NettyClientContractIT extends ClientContract implements OnNetty {}

class NettyClientEndContractIT extends ClientEndContract implements OnNetty {}

class NettyDrainContractIT extends DrainContract implements OnNetty {}

class NettyReconnectContractIT extends ReconnectContract implements OnNetty {}

class NettyDeliveryContractIT extends DeliveryContract implements OnNetty {}

class NettyLessonsOf2008ContractIT extends LessonsOf2008Contract implements OnNetty {}

class NettySharedTransportContractIT extends SharedTransportContract implements OnNetty {}

class NettyRaceContractIT extends RaceContract implements OnNetty {}

class NettyUnixContractIT extends UnixContract implements OnNetty {}

class NettyWritabilityContractIT extends WritabilityContract implements OnNetty {}

class NettyTimeoutContractIT extends TimeoutContract implements OnNetty {}

class NettyEngineContractIT extends EngineContract implements OnNetty {}

class NettyReferenceServerContractIT extends ReferenceServerContract implements OnNetty {}

class NettyStormContractIT extends StormContract implements OnNetty {}

class NettyLostServerContractIT extends LostServerContract implements OnNetty {}

class NettyTlsContractIT extends TlsContract implements OnNetty {}

class NettyStartTlsContractIT extends StartTlsContract implements OnNetty {}

class NettyForeignTlsContractIT extends ForeignTlsContract implements OnNetty {}

class NettyReferenceServerTlsContractIT extends ReferenceServerTlsContract implements OnNetty {}

class NettyTlsRefusalContractIT extends TlsRefusalContract implements OnNetty {}
